/** Formats a share of the width or height as SVG and CSS take it: `33.33%`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
