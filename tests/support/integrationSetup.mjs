// What integration tests need besides the packages: the program itself, and the peers of which exported scripts and
// servers are.
import { ensureArtillery } from '../../scripts/setup/artillery.mjs';
import { ensureBuild } from '../../scripts/setup/build.mjs';
import { ensureNginx } from '../../scripts/setup/nginx.mjs';

export default async function setup() {
  await ensureBuild();
  process.env.PROOFLOAD_TEST_ARTILLERY = await ensureArtillery();
  process.env.PROOFLOAD_TEST_NGINX = (await ensureNginx()) ?? '';
}
