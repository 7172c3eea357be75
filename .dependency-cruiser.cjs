// The import directions of docs/adr/001 and docs/adr/021: renderer -> shared <- electron, and inside electron
// main, cli -> app -> run -> (measure, hosting) -> (load, service, history, ...) -> shared.
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
      { path: '^electron/preload' },
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
      { path: '^electron/(?!main|cli|preload|app)', pathNot: '\\.test\\.ts$' },
      { path: '^electron/app' },
      'a run does not know what it is made for',
    ),
    layer(
      'measure-and-hosting-are-below-run',
      { path: '^electron/(?!main|cli|preload|app|run)', pathNot: '\\.test\\.ts$' },
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
      { path: '^electron/(history|hosting)', pathNot: '\\.test\\.ts$' },
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
