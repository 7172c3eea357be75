// The import directions of docs/adr/001: renderer -> shared <- electron, and inside electron main, cli -> run ->
// (load, target, history) -> shared.
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    layer(
      'no-circles',
      {},
      { circular: true },
      'two files that need each other, by a type alone too, are one file or need a third',
    ),
    layer('shared-stands-alone', { path: '^shared' }, { path: '^(electron|renderer)' }, 'shared knows neither side'),
    layer(
      'renderer-uses-shared-only',
      { path: '^renderer' },
      { path: '^electron' },
      'the window talks to the main process through shared/ipc',
    ),
    layer(
      'renderer-api-stands-alone',
      { path: '^renderer/api' },
      { path: '^renderer/(?!api)' },
      'the way to the main process knows nobody who takes it',
    ),
    layer(
      'renderer-stores-know-the-api-only',
      { path: '^renderer/store' },
      { path: '^renderer/(?!api|store)' },
      'a store holds what is shown and does not know who shows it',
    ),
    layer(
      'renderer-commands-are-above-stores',
      { path: '^renderer/commands' },
      { path: '^renderer/(?!api|store|commands)' },
      'what a command does is the same from a key, the menu, the palette and a button',
    ),
    layer(
      'renderer-ui-stands-alone',
      { path: '^renderer/ui' },
      { path: '^renderer/(?!ui)' },
      'the small parts of all screens know no store',
    ),
    layer(
      'renderer-charts-are-below-features',
      { path: '^renderer/charts' },
      { path: '^renderer/(?!api|store|ui|charts)' },
      'a chart does not know on which screen it stands',
    ),
    layer(
      'renderer-charts-hide-their-library',
      { path: '^renderer/(?!charts/)' },
      { path: 'node_modules/(uplot|recharts)/' },
      'who shows a chart does not know which library draws it (docs/adr/019)',
    ),
    layer(
      'renderer-features-are-below-app',
      { path: '^renderer/features' },
      { path: '^renderer/(app|main)' },
      'the app puts the screens together, and no screen knows the app',
    ),
    {
      name: 'renderer-folders-without-circles',
      severity: 'error',
      comment: 'screens and kinds of charts build on each other one way',
      scope: 'folder',
      from: { path: '^renderer' },
      to: { circular: true },
    },
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
      { path: '^electron/preload' },
      { path: '^(electron/(?!preload)|node_modules/(?!electron/))' },
      'a sandboxed preload imports electron and shared only',
    ),
    layer(
      'run-is-below-main-and-cli',
      {
        path: '^electron/(run|hosts|load|target|nullServer|postgres|reading|history|report|hdr|workers|sqlite|system)',
      },
      { path: '^electron/(main|cli|preload)' },
      'the core does not know who uses it',
    ),
    layer(
      'workers-are-below-run',
      {
        path: '^electron/(hosts|load|target|nullServer|postgres|reading|history|report|hdr|workers|sqlite|system)',
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
