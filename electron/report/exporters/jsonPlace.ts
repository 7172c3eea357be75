/** Where a value stands in a JSON document, member by member. */
export type JsonPlace = (string | number)[];

const placePattern = /\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/gy;

/** The members of a JSONPath that names one value; undefined for others, which k6 and Artillery have no means for. */
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
