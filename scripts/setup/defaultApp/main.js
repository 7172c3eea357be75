// The loader behind `electron <dir>` for a distribution that ships none: what Electron's own default_app does for
// a folder argument. Runs inside Electron, is packed as resources/default_app.asar.
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const args = process.argv.slice(1);
const preloads = [];
let appArgument;
for (let index = 0; index < args.length; index += 1) {
  if (args[index] === '-r' || args[index] === '--require') {
    index += 1;
    preloads.push(args[index]);
  } else if (!args[index].startsWith('-') && appArgument === undefined) {
    appArgument = args[index];
  }
}
for (const preload of preloads) Module._load(preload, undefined, false);

if (appArgument === undefined) {
  process.stderr.write('usage: electron <folder of an app>\n');
  app.exit(2);
} else {
  const folder = path.resolve(appArgument);
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  app.setName(manifest.productName || manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  process.defaultApp = true;
  const main = path.join(folder, manifest.main);
  import(pathToFileURL(main).href).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    app.exit(1);
  });
}
