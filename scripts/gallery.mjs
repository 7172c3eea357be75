// `npm run gallery`: the components of the window in all their states, a page for each, in the browser; changes appear
// at once.
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/terminal.mjs';

await bootstrap(import.meta.url, async () => {
  const [{ createServer }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  const server = await createServer({
    configFile: false,
    root: join(root, 'renderer'),
    plugins: [react()],
    server: { host: '127.0.0.1', open: '/gallery.html' },
  });
  await server.listen();
  say(`the gallery is at ${server.resolvedUrls?.local[0]}gallery.html; Ctrl-C ends it`);
  return new Promise(() => {});
});
