// The import directions of docs/adr/001: renderer -> shared <- electron, and inside electron main, cli -> run ->
// (load, target, history) -> shared.
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    layer(
      'no-circles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'two files that need each other are one file or need a third',
    ),
    layer('shared-stands-alone', { path: '^shared' }, { path: '^(electron|renderer)' }, 'shared knows neither side'),
    layer(
      'renderer-uses-shared-only',
      { path: '^renderer' },
      { path: '^electron' },
      'the window talks to the main process through shared/ipc',
    ),
    layer(
      'electron-never-uses-renderer',
      { path: '^electron' },
      { path: '^renderer' },
      'the main process does not know the window',
    ),
    layer(
      'shared-and-renderer-without-node',
      { path: '^(shared|renderer)', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['core'] },
      'shared and renderer run in a sandbox without Node',
    ),
    layer(
      'electron-api-in-main-and-preload',
      { path: '^electron', pathNot: '^electron/(main|preload)' },
      { path: 'node_modules/electron/' },
      'the core runs under plain Node',
    ),
    layer(
      'preload-is-thin',
      { path: '^electron/preload', pathNot: '\\.test\\.ts$' },
      { path: '^(electron/(?!preload)|node_modules/(?!electron/))' },
      'a sandboxed preload imports electron and shared only',
    ),
    layer(
      'run-is-below-main-and-cli',
      {
        path: '^electron/(run|hosts|load|target|nullServer|postgres|reading|history/|report|hdr|workers|sqlite|system)',
      },
      { path: '^electron/(main|cli|preload)' },
      'the core does not know who uses it',
    ),
    layer(
      'history-process-is-above-run',
      { path: '^electron/historyProcess' },
      { path: '^electron/(main|cli|preload)' },
      'the process that works on the history does not know who uses it',
    ),
    layer(
      'core-does-not-know-the-history-process',
      { path: '^electron/(?!main|historyProcess)', pathNot: '\\.test\\.ts$' },
      { path: '^electron/historyProcess' },
      'the command line calls the functions themselves',
    ),
    layer(
      'workers-are-below-run',
      {
        path: '^electron/(hosts|load|target|nullServer|postgres|reading|history/|report|hdr|workers|sqlite|system)',
        pathNot: '\\.test\\.ts$',
      },
      { path: '^electron/run' },
      'the coordinator knows the workers, never the other way',
    ),
    layer(
      'workers-stand-apart',
      { path: '^electron/target' },
      { path: '^electron/(load|history)' },
      'the target process knows nothing of load and history',
    ),
    layer(
      'load-knows-the-protocol-only',
      { path: '^electron/load', pathNot: '\\.test\\.ts$' },
      { path: '^electron/(history|target/(?!protocol))' },
      'the load process sees the target from outside',
    ),
    layer(
      'sources-without-tests',
      { pathNot: '(\\.test\\.ts$|^tests/|^bench/)' },
      { path: '(\\.test\\.ts$|^tests/)' },
      'the app does not import tests',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|scripts)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json', '.css'] },
  },
};
