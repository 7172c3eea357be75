/** The path to a value in a JSON document: a key or an index for each level. */
export type JsonPlace = (string | number)[];

const placePattern = /\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/gy;

/**
 * Returns the path for a JSONPath that names one value; undefined for others, which k6 and Artillery do not support.
 */
export function placeOf(jsonPath: string): JsonPlace | undefined {
  const place: JsonPlace = [];
  placePattern.lastIndex = 1;
  while (placePattern.lastIndex < jsonPath.length) {
    const match = placePattern.exec(jsonPath);
    if (!match) return undefined;
    const [, name, index, single, double] = match;
    place.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
  }
  return jsonPath.startsWith('$') ? place : undefined;
}
