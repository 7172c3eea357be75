// The import directions of docs/adr/001 and docs/adr/021: renderer -> shared <- electron, and inside electron
// main, cli -> app -> run -> (measure, hosting) -> (load, service, history, ...) -> shared.
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
      'drivers-are-loaded-when-needed',
      { path: '^electron/(load|service)/', pathNot: 'autocannonVus|storage/(mongodb|postgres)/' },
      {
        path: 'executors/autocannonVus|storage/(mongodb/mongo|postgres/postgres)Engine',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
      'a driver takes longer to load than the rest of its process, and few runs need one (docs/adr/023)',
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
      { path: '^electron/preload', pathNot: '\\.test\\.ts$' },
      { path: '^(electron/(?!preload)|node_modules/(?!electron/))' },
      'a sandboxed preload imports electron and shared only',
    ),
    layer(
      'core-is-below-the-surfaces',
      { path: '^electron/(?!main|cli|preload)' },
      { path: '^electron/(main|cli|preload)' },
      'the core does not know who uses it',
    ),
    layer(
      'run-is-below-app',
      { path: '^electron/(?!main|cli|preload|app|historyProcess)', pathNot: '\\.test\\.ts$' },
      { path: '^electron/app' },
      'a run does not know what it is made for',
    ),
    layer(
      'core-does-not-know-the-history-process',
      { path: '^electron/(?!main|historyProcess)', pathNot: '\\.test\\.ts$' },
      { path: '^electron/historyProcess' },
      'the command line calls the functions themselves',
    ),
    layer(
      'measure-and-hosting-are-below-run',
      { path: '^electron/(?!main|cli|preload|app|historyProcess|run)', pathNot: '\\.test\\.ts$' },
      { path: '^electron/run' },
      'processes and measurements are the means of a run',
    ),
    layer(
      'measure-knows-no-processes',
      { path: '^electron/measure', pathNot: '\\.test\\.ts$' },
      { path: '^electron/(hosting|history|report)' },
      'a measurement takes values and returns values',
    ),
    layer(
      'workers-are-below-measure-and-hosting',
      {
        path: '^electron/(load|service|nullServer|postgres|reading|report|hdr|hosts|secrets|workers|sqlite|system)',
        pathNot: '\\.test\\.ts$',
      },
      { path: '^electron/(measure|hosting)' },
      'workers are hosted and measured; they know neither',
    ),
    layer(
      'history-keeps-what-was-measured',
      { path: '^electron/(history/|hosting)', pathNot: '\\.test\\.ts$' },
      { path: '^electron/(measure/(?!recordedSecond)|hosting)', pathNot: '^electron/hosting' },
      'the history keeps recorded seconds, whoever has measured them',
    ),
    layer(
      'workers-stand-apart',
      { path: '^electron/service' },
      { path: '^electron/(load|history)' },
      'the service knows nothing of load and history',
    ),
    layer(
      'load-knows-the-protocol-only',
      { path: '^electron/load', pathNot: '\\.test\\.ts$' },
      { path: '^electron/(history|service/(?!protocol))' },
      'the load process sees the service from outside',
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
