import { basename } from 'node:path';

/** The name of a function and its file, as a profile has them. */
function nameOf({ functionName, url }) {
  const file = url.startsWith('node:') ? url : basename(url);
  return `${functionName || 'without a name'}${file === '' ? '' : ` (${file.replace(/-[\w-]{8}\.js$/, '.js')})`}`;
}

function add(sums, name, amount) {
  sums.set(name, (sums.get(name) ?? 0) + amount);
}

/** The time of each function itself in a CPU profile, in ms. */
export function selfMs({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const sums = new Map();
  for (const [index, id] of samples.entries()) add(sums, names.get(id), timeDeltas[index] / 1000);
  return sums;
}

/** The bytes that each function itself allocated, in a sampling heap profile. */
export function selfBytes({ head }) {
  const sums = new Map();
  const visit = ({ callFrame, selfSize, children }) => {
    add(sums, nameOf(callFrame), selfSize);
    for (const child of children) visit(child);
  };
  visit(head);
  return sums;
}
