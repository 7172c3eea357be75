// Keeps a core busy until its parent ends it or is gone.
process.on('disconnect', () => process.exit(0));
const turn = () => {
  const untilMs = performance.now() + 50;
  while (performance.now() < untilMs);
  setImmediate(turn);
};
turn();
