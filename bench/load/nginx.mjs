import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from './temporaryFolder.mjs';

/** The generator has the second core, nginx the first. */
export const generatorCore = ['taskset', '-c', '1'];

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts nginx, which holds so many connections, its own and those of upstreams included; 512 is its default. */
export async function startNginx(connections = 1_024) {
  const folder = temporaryFolder();
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `worker_processes 1; daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
     worker_rlimit_nofile 20000; events { worker_connections ${connections}; }
     http { access_log off; keepalive_requests 1000000000; keepalive_timeout 600;
       server { listen 127.0.0.1:${port} backlog=4096; location / { return 200 "ok"; } } }`,
  );
  const child = spawn('taskset', ['-c', '0', 'nginx', '-c', config], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  for (let answered = false; !answered; )
    answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  return { url, end: () => child.kill() };
}
