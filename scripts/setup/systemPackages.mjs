import { existsSync } from 'node:fs';
import { run, tail } from './command.mjs';
import { SetupError, say, step } from './terminal.mjs';

const windowPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'fonts-dejavu-core'];
const displayPackages = ['xvfb', 'xauth'];
const fallbackPackages = ['unzip', 'g++'];

async function hasPackage(name) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format, not a template
  const { code, output } = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name]);
  return code === 0 && output === 'installed';
}

// Debian releases after 12 and Ubuntu 24.04 carry the same libraries under a name with the suffix t64.
async function isInstalled(name) {
  return (await hasPackage(name)) || (await hasPackage(`${name}t64`));
}

/**
 * Makes sure that the Debian packages for the purpose are there: installs them when root, prints the exact command
 * when not. Other systems than Debian and its kin bring these libraries with their desktop.
 */
export async function ensureSystemPackages({ virtualDisplay = false, fallbackElectron = false } = {}) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const wanted = [
    ...windowPackages,
    ...(virtualDisplay ? displayPackages : []),
    ...(fallbackElectron ? fallbackPackages : []),
  ];
  const found = await Promise.all(wanted.map(isInstalled));
  const missing = wanted.filter((_, index) => !found[index]);
  if (missing.length === 0) return;

  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid() !== 0) {
    throw new SetupError(
      `these Debian packages are missing: ${missing.join(', ')}`,
      `run: sudo apt-get update && sudo apt-get ${install.join(' ')}`,
    );
  }
  say(`running as root: installing Debian packages ${missing.join(', ')}`);
  await step('installing Debian packages (about 30 s)', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // A half-configured package of an earlier interrupted install would make apt-get refuse.
    await run('dpkg', ['--configure', '-a'], { env });
    await run('apt-get', ['update'], { env });
    const { code, output } = await run('apt-get', install, { env });
    if (code !== 0) {
      throw new SetupError(
        `apt-get failed:\n${tail(output)}`,
        `run it by hand to see why: apt-get update && apt-get ${install.join(' ')}`,
      );
    }
  });
}
