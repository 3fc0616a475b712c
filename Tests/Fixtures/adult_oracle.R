# SPDX-License-Identifier: Apache-2.0
# Prints what synthpop 1.9-3 makes of the tables of adult_oracle.py: Rscript adult_oracle.R adult.data
suppressMessages(library(synthpop))
options(digits = 15, warn = -1)
names <- strsplit(paste("age workclass fnlwgt education education-num marital-status occupation",
  "relationship race sex capital-gain capital-loss hours-per-week native-country income"), " ")[[1]]
data <- read.csv(commandArgs(TRUE)[1], header = FALSE, strip.white = TRUE, na.strings = "?",
  col.names = names, check.names = FALSE, stringsAsFactors = TRUE)
data <- data[, c("age", "workclass", "education", "marital-status", "occupation", "sex", "hours-per-week", "income")]
colnames(data) <- gsub("-", ".", colnames(data))
real <- data[(seq_len(nrow(data)) - 1) %% 8 == 0, ]
n <- nrow(real)
other <- real
for (shift in list(list("age", 1), list("education", 2), list("hours.per.week", 3)))
  other[[shift[[1]]]] <- other[[shift[[1]]]][(seq_len(n) - 1 + shift[[2]]) %% n + 1]
other <- other[seq_len((3 * n) %/% 4), ]
object <- structure(list(m = 1, syn = other, method = setNames(rep("cart", 8), colnames(data)),
  n = n, k = nrow(other), proper = FALSE, cont.na = NULL), class = "synds")
for (keys in list(c("sex", "age", "education"), c("age", "occupation")))
  for (target in c("income", "marital.status")) {
    r <- disclosure(object, real, keys = keys, target = target, print.flag = FALSE, plot = FALSE)
    cat("(\"", paste(keys, collapse = " "), "\", \"", target, "\",\n", sep = "")
    cat("  [", paste(format(as.numeric(r$ident[1, c("UiO", "UiS", "UiOiS", "repU")]), digits = 15), collapse = ", "), "],\n")
    cat("  [", paste(format(as.numeric(r$attrib[1, c("Dorig", "Dsyn", "iS", "DiS", "DiSCO", "DiSDiO")]), digits = 15), collapse = ", "), "],\n")
    cat("  [", paste(format(as.numeric(r$allCAPs[1, ]), digits = 15), collapse = ", "), "]),", names(r$allCAPs), "\n")
  }
for (vars in list(c("sex", "education"), c("marital.status", "occupation"), c("workclass", "income"))) {
  t <- utility.tab(object, real, vars = vars, print.flag = FALSE, print.tables = FALSE, k.syn = FALSE)
  cat("(\"", paste(vars, collapse = " "), "\", [",
    paste(format(c(t$VW, t$pMSE, t$S_pMSE, t$FT, t$JSD, t$dBhatt), digits = 15), collapse = ", "),
    "]),\n", sep = "")
}
g <- utility.gen(object, real, vars = c("age", "education", "sex"), method = "logit", maxorder = 0,
  k.syn = FALSE, print.flag = FALSE)
print(c(g$pMSE, g$S_pMSE, g$SPECKS, g$PO50, g$U, g$df))
