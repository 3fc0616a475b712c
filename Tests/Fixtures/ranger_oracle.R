# AUC and time that SemblanceTests/ForestAgreementTests.swift compares with:
# Rscript ranger_oracle.R FOLDER-OF-DATA [ROWS-OF-ADULT [THREADS]]
suppressMessages(library(ranger))
arguments <- commandArgs(TRUE)
folder <- arguments[1]
most <- if (length(arguments) > 1) as.integer(arguments[2]) else Inf
threads <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
auc <- function(p, y) {
  r <- rank(p); n <- sum(y)
  (sum(r[y]) - n * (n + 1) / 2) / (n * (length(y) - n))
}
judge <- function(name, train, test, target, positive) {
  f <- reformulate(".", target)
  before <- proc.time()
  fit <- ranger(f, train, probability = TRUE, num.trees = 500, num.threads = threads, seed = 1)
  time <- proc.time() - before
  p <- predict(fit, test, num.threads = 1)$predictions[, positive]
  cat(name, nrow(train), "rows: AUC", sprintf("%.5f", auc(p, test[[target]] == positive)),
    "CPU s", time[["user.self"]], "wall s", time[["elapsed"]], "\n")
}
cat(R.version.string, "ranger", as.character(packageVersion("ranger")), "threads", threads, "\n")
read <- function(file, skip = 0) {
  read.csv(file, header = FALSE, strip.white = TRUE, stringsAsFactors = FALSE, skip = skip)
}
train <- read(file.path(folder, "adult/adult.data")); test <- read(file.path(folder, "adult/adult.test"), 1)
train <- train[complete.cases(train$V1), ]
test$V15 <- sub("\\.$", "", test$V15)
if (is.finite(most)) train <- head(train, most)
both <- rbind(train, test)
both[] <- lapply(both, function(x) if (is.character(x)) factor(x) else x)
judge("Adult", head(both, nrow(train)), tail(both, nrow(test)), "V15", ">50K")
magic <- read(file.path(folder, "magic/magic04.data"))
magic$V11 <- factor(magic$V11)
held <- seq_len(nrow(magic)) %% 3 == 0
judge("MAGIC", magic[!held, ], magic[held, ], "V11", "g")
