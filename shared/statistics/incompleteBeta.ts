/** Coefficients of the Lanczos approximation (g = 7, n = 9), accurate to about 15 digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Returns the natural logarithm of the gamma function, for positive numbers (Lanczos 1964). */
function logGamma(x: number): number {
  const [first, ...others] = lanczos;
  const shifted = x - 1;
  let sum: number = first;
  others.forEach((coefficient, index) => {
    sum += coefficient / (shifted + index + 1);
  });
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

const mostTerms = 10_000;
const precision = 1e-13;
const tiny = 1e-300;

/** Evaluates the continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let fraction = d;
  for (let term = 1; term <= mostTerms; term += 1) {
    const twice = 2 * term;
    for (const numerator of [
      (term * (b - term) * x) / ((a + twice - 1) * (a + twice)),
      (-(a + term) * (a + b + term) * x) / ((a + twice) * (a + twice + 1)),
    ]) {
      d = 1 + numerator * d;
      c = 1 + numerator / c;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = Math.abs(c) < tiny ? tiny : c;
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < precision) break;
  }
  return fraction;
}

/**
 * Returns the regularised incomplete beta function I_x(a, b) for x in 0..1 and positive a, b (DLMF 8.17). With a = k
 * and b = n - k + 1, it is the probability that a binomial variable of n cases with probability x is at least k. Both
 * can be fractional.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}
