# SPDX-License-Identifier: Apache-2.0
# Prints what synthpop 1.9-3 makes of halves of SD2011: Rscript survey_oracle.R SD2011.csv
suppressMessages(library(synthpop))
options(digits = 15, warn = -1)
data <- read.csv(commandArgs(TRUE)[1], na.strings = c("NA", ""), stringsAsFactors = TRUE)
data <- data[, c("age", "sex", "edu", "marital", "ls", "smoke", "region", "placesize")]
odd <- seq_len(nrow(data)) %% 2 == 1
real <- data[odd, ]
other <- data[!odd, ]
n <- nrow(other)
for (shift in list(list("age", 1), list("edu", 2)))
  other[[shift[[1]]]] <- other[[shift[[1]]]][(seq_len(n) - 1 + shift[[2]]) %% n + 1]
object <- structure(list(m = 1, syn = other, method = setNames(rep("cart", 8), names(data)),
  n = nrow(real), k = n, proper = FALSE, cont.na = NULL), class = "synds")
for (keys in list(c("sex", "age", "region"), c("sex", "age", "region", "placesize"), c("edu", "placesize")))
  for (target in c("marital", "ls", "smoke")) {
    r <- disclosure(object, real, keys = keys, target = target, print.flag = FALSE, plot = FALSE)
    cat("(\"", paste(keys, collapse = " "), "\", \"", target, "\",\n", sep = "")
    cat("  [", paste(format(as.numeric(r$ident[1, c("UiO", "UiS", "UiOiS", "repU")]), digits = 15), collapse = ", "), "],\n")
    cat("  [", paste(format(as.numeric(r$attrib[1, c("Dorig", "Dsyn", "iS", "DiS", "DiSCO", "DiSDiO")]), digits = 15), collapse = ", "), "],\n")
    cat("  [", paste(format(as.numeric(r$allCAPs[1, ]), digits = 15), collapse = ", "), "]),", names(r$allCAPs), "\n")
  }
for (vars in list(c("sex", "edu"), c("marital", "smoke"), c("region", "placesize"), c("edu", "ls"))) {
  t <- utility.tab(object, real, vars = vars, print.flag = FALSE, print.tables = FALSE, k.syn = FALSE)
  cat("(\"", paste(vars, collapse = " "), "\", [",
    paste(format(c(t$VW, t$pMSE, t$S_pMSE, t$FT, t$JSD, t$dBhatt), digits = 15), collapse = ", "),
    "]),\n", sep = "")
}
g <- utility.gen(object, real, vars = c("sex", "age", "edu", "ls"), method = "logit", maxorder = 0,
  k.syn = FALSE, print.flag = FALSE)
print(c(g$pMSE, g$S_pMSE, g$SPECKS, g$PO50, g$U, g$df))
