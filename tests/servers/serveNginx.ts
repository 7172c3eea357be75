import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, serveProgram } from './program';
import type { RunningServer } from './serve';

/** The one that the tests' set-up brought, else the one of the system. */
const nginx = process.env.PROOFLOAD_TEST_NGINX || '/usr/sbin/nginx';

/**
 * Real nginx with its defaults (512 connections, 1,000 requests and 75 s each), except for the directives in `events`
 * and `server`. Its files are in a folder of their own. Throws Missing where it is not installed.
 */
export async function serveNginx({ events = '', server = '' } = {}): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-nginx-'));
  const port = await freePort();
  mkdirSync(join(folder, 'html'));
  writeFileSync(join(folder, 'html', 'index.html'), 'ok');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid nginx.pid;
error_log stderr crit;
events { ${events} }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    root ${folder}/html;
    ${server}
  }
}
`,
  );
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'];
    const running = await serveProgram(nginx, args, port);
    return {
      ...running,
      close: async () => {
        await running.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
