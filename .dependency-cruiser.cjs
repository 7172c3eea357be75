// The import directions of docs/adr/001 and docs/adr/021: renderer -> shared <- electron, and inside electron
// main, cli -> app -> run -> (measure, hosting) -> (load, service, history, ...) -> shared.
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const tests = '\\.test\\.ts$';

/** Files at `from` import nothing at `to`. */
const forbid = (name, from, to, comment) => rule(name, { path: from }, { path: to }, comment);

/** Files at `from` import nothing at `to`, except in their tests. */
const forbidInSources = (name, from, to, comment) => rule(name, { path: from, pathNot: tests }, { path: to }, comment);

/** A folder of the renderer imports itself and the folders that it is built on, and nothing else of the renderer. */
const rendererLayer = (name, folder, below, comment) =>
  forbid(name, `^renderer/${folder}`, `^renderer/(?!${[folder, ...below].join('|')})`, comment);

/** A folder of electron/ is imported by the folders in `users` alone. */
const usedOnlyBy = (name, folder, users, comment) =>
  forbidInSources(name, `^electron/(?!${[...users, folder].join('|')})`, `^electron/${folder}`, comment);

const surfaces = ['main', 'cli', 'preload'];

module.exports = {
  forbidden: [
    rule(
      'no-circles',
      {},
      { circular: true },
      'two files that need each other, by a type alone too, are one file or need a third',
    ),
    forbid('shared-stands-alone', '^shared', '^(electron|renderer)', 'shared knows neither side'),
    forbid(
      'renderer-uses-shared-only',
      '^renderer',
      '^electron',
      'the window talks to the main process through shared/ipc',
    ),
    rendererLayer('renderer-api-stands-alone', 'api', [], 'the API client knows none of its users'),
    rendererLayer(
      'renderer-stores-know-the-api-only',
      'store',
      ['api'],
      'a store holds what is shown and does not know who shows it',
    ),
    rendererLayer(
      'renderer-commands-are-above-stores',
      'commands',
      ['api', 'store'],
      'what a command does is the same from a key, the menu, the palette and a button',
    ),
    rendererLayer('renderer-ui-stands-alone', 'ui', [], 'the small parts of all screens know no store'),
    forbid(
      'renderer-ui-hides-its-library',
      '^renderer/(?!ui/)',
      'node_modules/(@base-ui|lucide-react)/',
      'who shows a menu does not know which library makes it (docs/adr/024)',
    ),
    rendererLayer(
      'renderer-charts-are-below-features',
      'charts',
      ['api', 'store', 'ui'],
      'a chart does not know on which screen it stands',
    ),
    forbid(
      'renderer-charts-hide-their-library',
      '^renderer/(?!charts/)',
      'node_modules/(uplot|recharts)/',
      'who shows a chart does not know which library draws it (docs/adr/019)',
    ),
    rule(
      'drivers-are-loaded-when-needed',
      { path: '^electron/(load|service)/', pathNot: 'autocannonVus|storage/(mongodb|postgres)/' },
      {
        path: 'executors/autocannonVus|storage/(mongodb/mongo|postgres/postgres)Engine',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
      'a driver takes longer to load than the rest of its process, and few runs need one (docs/adr/023)',
    ),
    forbid(
      'renderer-features-are-below-app',
      '^renderer/features',
      '^renderer/(app|main)',
      'the app puts the screens together, and no screen knows the app',
    ),
    {
      ...rule(
        'renderer-folders-without-circles',
        { path: '^renderer' },
        { circular: true },
        'screens and kinds of charts build on each other one way',
      ),
      scope: 'folder',
    },
    forbid('electron-never-uses-renderer', '^electron', '^renderer', 'the main process does not know the window'),
    rule(
      'shared-and-renderer-without-node',
      { path: '^(shared|renderer)', pathNot: tests },
      { dependencyTypes: ['core'] },
      'shared and renderer run in a sandbox without Node',
    ),
    rule(
      'electron-api-in-main-and-preload',
      { path: '^electron', pathNot: '^electron/(main|preload)' },
      { path: 'node_modules/electron/' },
      'the core runs under plain Node',
    ),
    forbidInSources(
      'preload-is-thin',
      '^electron/preload',
      '^(electron/(?!preload)|node_modules/(?!electron/))',
      'a sandboxed preload imports electron and shared only',
    ),
    forbid(
      'core-is-below-the-surfaces',
      `^electron/(?!${surfaces.join('|')})`,
      `^electron/(${surfaces.join('|')})`,
      'the core does not know who uses it',
    ),
    usedOnlyBy('run-is-below-app', 'app', [...surfaces, 'historyProcess'], 'a run does not know what it is made for'),
    usedOnlyBy(
      'core-does-not-know-the-history-process',
      'historyProcess',
      ['main'],
      'the command line calls the functions themselves',
    ),
    usedOnlyBy(
      'measure-and-hosting-are-below-run',
      'run',
      [...surfaces, 'app', 'historyProcess'],
      'processes and measurements are the means of a run',
    ),
    forbidInSources(
      'measure-knows-no-processes',
      '^electron/measure',
      '^electron/(hosting|history|report)',
      'a measurement takes values and returns values',
    ),
    forbidInSources(
      'workers-are-below-measure-and-hosting',
      '^electron/(load|service|nullServer|postgres|reading|report|outputs|hdr|hosts|secrets|workers|sqlite|system)',
      '^electron/(measure|hosting)',
      'workers are hosted and measured; they know neither',
    ),
    rule(
      'history-keeps-what-was-measured',
      { path: '^electron/(history/|hosting)', pathNot: tests },
      { path: '^electron/(measure/(?!recordedSecond)|hosting)', pathNot: '^electron/hosting' },
      'the history keeps recorded seconds, whoever has measured them',
    ),
    forbidInSources(
      'outputs-are-given-their-figures',
      '^electron/outputs',
      '^electron/(?!outputs|hosts)',
      'what sends figures elsewhere knows nothing of how they are measured',
    ),
    forbid(
      'workers-stand-apart',
      '^electron/service',
      '^electron/(load|history)',
      'the service knows nothing of load and history',
    ),
    forbidInSources(
      'load-knows-the-protocol-only',
      '^electron/load',
      '^electron/(history|service/(?!protocol))',
      'the load process sees the service from outside',
    ),
    rule(
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
