# Coefficients that LearnersTests/RegressionOracleTests.swift compares with: Rscript regression_oracle.R
# Made rows, the same as in the test: a generator whose products stay below 2^53.
suppressMessages({library(nnet); library(MASS)})
s <- 20261129
u <- function() { s <<- (s * 16807) %% 2147483647; s / 2147483647 }
n <- 240
rows <- t(sapply(seq_len(n), function(i) {
  a <- round(4 * u() - 2, 3); b <- as.numeric(u() < 0.4); c <- floor(3 * u())
  e <- u(); f <- u()
  c(a, b, c, e, f)
}))
d <- data.frame(a = rows[, 1], b = rows[, 2], c = factor(rows[, 3]), e = rows[, 4], f = rows[, 5])
lin <- 0.8 * d$a - 0.6 * d$b + 0.5 * (d$c == "1")
d$y <- round(lin + 2 * d$e - 1, 3)
d$t <- as.numeric(d$e < 1 / (1 + exp(-lin)))
d$k <- ifelse(d$e < 0.35 + 0.1 * d$a, 1, ifelse(d$f < 0.5 + 0.2 * d$b, 0, 2))
d$o <- findInterval(lin + log(d$f / (1 - d$f)), c(-1, 0.3, 1.5))
d$m <- floor(exp(0.6 * lin + 0.5) * 2 * d$e / (0.15 + d$f))
show <- function(name, x) cat(name, ":", paste(sprintf("%.10f", x), collapse = ", "), "\n")
cat(R.version.string, "nnet", as.character(packageVersion("nnet")), "MASS",
  as.character(packageVersion("MASS")), "\n")
cat("sums", sum(d$y), sum(d$t), sum(d$k), sum(d$o), sum(d$m), "\n")
show("lm", coef(lm(y ~ a + b + c, d)))
show("lm.se", sqrt(diag(vcov(lm(y ~ a + b + c, d)))))
g <- glm(t ~ a + b + c, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 100))
show("logit", coef(g)); show("logit.se", sqrt(diag(vcov(g))))
g <- multinom(k ~ a + b + c, d, trace = FALSE, reltol = 1e-16, abstol = 1e-16, maxit = 10000)
show("multinom", t(coef(g))); show("multinom.se", t(summary(g)$standard.errors))
g <- polr(factor(o) ~ a + b + c, d, control = list(reltol = 1e-16, maxit = 1000))
g2 <- optim(c(coef(g), g$zeta), function(p) {
  x <- model.matrix(~ a + b + c, d)[, -1] %*% p[1:4]; z <- c(-Inf, p[5:7], Inf)
  -sum(log(plogis(z[d$o + 2] - x) - plogis(z[d$o + 1] - x)))
}, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))
show("polr", c(coef(g), g$zeta)); show("polr.optim", g2$par)
g <- glm(m ~ a + b + c, poisson, d, control = glm.control(epsilon = 1e-14, maxit = 100))
show("poisson", coef(g))
g <- glm.nb(m ~ a + b + c, d, control = glm.control(epsilon = 1e-14, maxit = 200))
show("glm.nb", coef(g)); show("glm.nb.theta", g$theta)
show("digamma", c(digamma(0.3), digamma(2.5), digamma(40), trigamma(0.3), trigamma(2.5), trigamma(40)))
d$df <- lin + 3 * (d$e - 0.5)
hi <- (sum(d$t) + 1) / (sum(d$t) + 2); lo <- 1 / (n - sum(d$t) + 2)
g <- suppressWarnings(glm(ifelse(d$t == 1, hi, lo) ~ d$df, quasibinomial, control = glm.control(epsilon = 1e-14, maxit = 100)))
show("platt", coef(g))
write.csv(d, "oracle.csv", row.names = FALSE)
