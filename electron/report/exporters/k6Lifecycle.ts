/** How k6 treats setup and teardown differently; they are functions of k6 itself. */
export const k6LifecycleDifferences: readonly string[] = [
  'k6 counts the requests of setup and teardown with the others, with the tag journey:setup or journey:teardown.',
];

/** Returns the functions `setup` and `teardown` of a script; empty where the scenario has neither. */
export function k6LifecycleScript(
  parts: readonly (readonly [name: string, steps: readonly Record<string, unknown>[]])[],
  extracted: readonly string[],
  source: (value: unknown, indent?: number) => string,
): string {
  if (parts.length === 0) return '';
  const names = parts.map(([name]) => name);
  const setup = `export function setup() {
  const values = Object.assign(constantValues(), { iteration: 0 });
  goThrough('setup', values);
  /** @type {string[]} */
  const extracted = ${source(extracted, 0)};
  return Object.fromEntries(extracted.map((name) => [name, values[name]]));
}
`;
  const teardown = `/** @param {any} given */
export function teardown(given) {
  goThrough('teardown', Object.assign(constantValues(), given, { iteration: 0 }));
}
`;
  return `/** @type {Record<string, any[]>} */
const lifecycle = ${source(Object.fromEntries(parts))};

/** @param {string} part @param {Record<string, any>} values */
function goThrough(part, values) {
  for (const step of lifecycle[part]) {
    if (step.think) think(step.think);
    else if (!send(step, part, values) && step.ends) throw new Error('the ' + part + ' failed at ' + step.name);
  }
}
${names.includes('setup') ? setup : ''}${names.includes('teardown') ? teardown : ''}
`;
}
