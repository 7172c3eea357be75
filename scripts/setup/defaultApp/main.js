// The loader behind `electron <dir>` for a distribution that ships none: what Electron's own default_app does for
// a folder argument. Runs inside Electron, is packed as resources/default_app.asar.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
const require = createRequire(join(process.cwd(), 'package.json'));
let folder;
for (let index = 0; index < args.length; index += 1) {
  if (args[index] === '-r' || args[index] === '--require') {
    index += 1;
    require(args[index]);
  } else if (!args[index].startsWith('-') && folder === undefined) {
    folder = resolve(args[index]);
  }
}

if (folder === undefined) {
  process.stderr.write('usage: electron <folder of an app>\n');
  app.exit(2);
} else {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setName(manifest.productName || manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  process.defaultApp = true;
  try {
    // Awaited, so that Electron holds back `ready` until the app's main module has run.
    await import(pathToFileURL(join(folder, manifest.main)).href);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    app.exit(1);
  }
}
