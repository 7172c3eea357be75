import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { methodNames } from './shared/ipc/contract';

const root = import.meta.dirname;
/**
 * The preload and the start of the main program know the methods by their names alone: the contract would bring its
 * schemas into every window, and before its first paint.
 */
const define = { __METHOD_NAMES__: JSON.stringify(methodNames) };

/** The licences of what is bundled, for the package (electron-builder.yml). */
const license = { fileName: 'licenses.md' };

// Explicit targets: the fallback Electron (docs/adr/002) is older than the npm package says.
// What stands in devDependencies is bundled, without what is not used of it: reading its hundreds of files takes as long
// as all else that is done before a window or a command begins. What stands in dependencies is not.
export default defineConfig({
  main: {
    define,
    build: {
      target: 'node20.18',
      outDir: resolve(root, 'out/main'),
      sourcemap: true,
      license,
      rolldownOptions: {
        // The command line and the workers are entries of their own: the same files run under plain Node.
        input: {
          index: resolve(root, 'electron/main/index.ts'),
          cli: resolve(root, 'electron/cli/index.ts'),
          service: resolve(root, 'electron/service/worker.ts'),
          load: resolve(root, 'electron/load/worker.ts'),
          conformance: resolve(root, 'electron/service/conformance/worker.ts'),
          postgres: resolve(root, 'electron/postgres/worker.ts'),
          'null-server': resolve(root, 'electron/nullServer/worker.ts'),
          reader: resolve(root, 'electron/reading/worker.ts'),
          history: resolve(root, 'electron/historyProcess/worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    define,
    build: {
      target: 'node20.18',
      outDir: resolve(root, 'out/preload'),
      license,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'electron/preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      // What is not read is not parsed: the window is there sooner.
      minify: true,
      outDir: resolve(root, 'out/renderer'),
      license,
      // The gallery of components is for development and for tests; electron-builder.yml leaves it out.
      rolldownOptions: {
        input: { index: resolve(root, 'renderer/index.html'), gallery: resolve(root, 'renderer/gallery.html') },
      },
    },
  },
});
