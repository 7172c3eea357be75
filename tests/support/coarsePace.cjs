/*
 * NODE_OPTIONS loads this into all processes of tests that are not about the pace of a load. Before each send the load
 * process spins for two milliseconds, which was a quarter of the processor time of `npm test`. Here it looks at its clock
 * every millisecond instead, so that requests are sent up to a millisecond late, as on a busy machine.
 */
const immediately = globalThis.setImmediate;

// Electron sets the arguments of a utility process only after this file is loaded.
globalThis.setImmediate = (callback, ...args) =>
  process.argv[1]?.endsWith('load.js') ? setTimeout(callback, 1, ...args) : immediately(callback, ...args);
