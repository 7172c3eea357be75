/*
 * NODE_OPTIONS loads this into the processes of a window of which a test asks for a calibration and not for its figures.
 * A calibration finds the limit of what this machine can send, on all processors for half of a minute. Here the null
 * server answers after a while, so that the limit is what a few hundred answers a second allow.
 */
const { Socket } = require('node:net');

const { write } = Socket.prototype;

/** Electron sets the arguments of a utility process only after this file is loaded. */
Socket.prototype.write = function (...args) {
  if (!process.argv[1]?.endsWith('null-server.js')) return write.apply(this, args);
  setTimeout(() => this.destroyed || write.apply(this, args), 100);
  return true;
};
