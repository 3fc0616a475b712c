# SPDX-License-Identifier: Apache-2.0
# Prints what AnalysisMeasureTests expects. Run with R 4.2, MASS 7.3, survival 3.5, synthpop 1.9-3:
#   Rscript analysis_oracle.R
suppressMessages({library(MASS); library(survival); library(synthpop)})
options(digits = 15, contrasts = c("contr.treatment", "contr.poly"))
make <- function(n, s) {
  i <- 0:(n - 1)
  x <- ((37 * s * i) %% 101) / 10
  z <- ((53 * s * i + i * i) %% 97) / 20 - 2
  g <- factor(c("a", "b", "c")[(((7 * s * i) %% 11) %% 3) + 1], levels = c("a", "b", "c"))
  u <- ((91 * i * i + 17 * s * i) %% 103) / 103
  y <- 3 + 0.8 * x - 0.5 * z + (g == "b") + 4 * u
  flag <- factor(ifelse(0.3 * x - 0.6 * z + 6 * (u - 0.5) - 1 > 0, "yes", "no"))
  count <- floor(3 * u * (1 + 0.2 * x + 0.1 * z * z))
  grade <- factor(1 + (0.3 * x + z + 5 * u > 3) + (0.3 * x + z + 5 * u > 5), ordered = TRUE)
  time <- floor(20 * u / (1 + 0.1 * x) + 1)
  event <- as.numeric((i * 7 + s) %% 4 != 0)
  data.frame(x, z, g, y, flag, count, grade, time, event)
}
real <- make(240, 1)
real$x[(0:239) %% 17 == 5] <- NA
show <- function(name, est, se) {
  cat(name, "\n", paste(formatC(est, digits = 12, format = "g"), collapse = ", "), "\n",
    paste(formatC(se, digits = 12, format = "g"), collapse = ", "), "\n")
}
se <- function(f) sqrt(diag(vcov(f)))
f <- lm(y ~ x + z + g + x:g, real); show("linear", coef(f), se(f))
f <- lm(y ~ 0 + g + z:g + log(x + 1), real); show("no constant", coef(f), se(f)); print(names(coef(f)))
p <- real[!is.na(real$x), ]
f <- lm(y ~ poly(x, 2) + g, p); show("poly", coef(f), se(f))
f <- glm(flag ~ x * g + z, binomial, real, control = list(epsilon = 1e-14)); show("logistic", coef(f), se(f)); print(names(coef(f)))
f <- glm(count ~ x + z + g, poisson, real, control = list(epsilon = 1e-14)); show("poisson", coef(f), se(f))
f <- polr(grade ~ x + z + g, real, Hess = TRUE, control = list(reltol = 1e-16, maxit = 2000))
show("ordered", c(coef(f), f$zeta), se(f))
f <- coxph(Surv(time, event) ~ x + z + g, real, ties = "efron", control = coxph.control(eps = 1e-13, iter.max = 100))
show("cox", coef(f), se(f))
# The comparison of synthpop, on complete rows and with two synthetic tables of other length.
real <- make(240, 1)
copies <- list(make(200, 3), make(200, 5))
method <- setNames(rep("cart", 9), names(real))
obj <- structure(list(m = 2, syn = copies, method = method, visit.sequence = setNames(1:9, names(real)),
  n = 240, k = 200, proper = FALSE), class = "synds")
f <- lm.synds(y ~ x + z + g, data = obj)
r <- compare(f, real, return.plot = FALSE)
print(r$coef.diff); print(r$ci.overlap)
print(c(r$mean.abs.std.diff, r$mean.ci.overlap, r$lack.of.fit))
print(summary(f, population.inference = FALSE)$coefficients)
print(summary(f, population.inference = TRUE)$coefficients)
