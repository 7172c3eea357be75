/*
 * NODE_OPTIONS loads this into all processes of tests that are not about the pace of a load. Before each send the load
 * process spins for two milliseconds, which was a quarter of the processor time of `npm test`. Here it looks at its clock
 * every millisecond instead, so that requests are sent up to a millisecond late, as on a busy machine.
 */
const timers = require('node:timers');

const immediately = timers.setImmediate;

/** Electron sets the arguments of a utility process only after this file is loaded. */
function setImmediate(callback, ...args) {
  return process.argv[1]?.endsWith('load.js') ? setTimeout(callback, 1, ...args) : immediately(callback, ...args);
}

// Electron makes the global one out of the one of the module.
Object.assign(timers, { setImmediate });
Object.assign(globalThis, { setImmediate });
