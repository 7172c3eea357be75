/*
 * Playwright removes NODE_OPTIONS from the environment of what it starts. Loaded before the app, this puts them back
 * for the processes that the app starts. Setting them through `evaluate` has failed a launch: V8 may collect the promise
 * of a call while the main process is still loading.
 */
const { env } = process;
if (env.PROOFLOAD_TEST_NODE_OPTIONS !== undefined) env.NODE_OPTIONS = env.PROOFLOAD_TEST_NODE_OPTIONS;
delete env.PROOFLOAD_TEST_NODE_OPTIONS;
