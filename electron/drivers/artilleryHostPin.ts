/**
 * The source of a function for modules that Artillery loads before the first request. From its call on, names lead where
 * they led when the user was asked. Other names are not found; with `looksOthersUp` they are looked up, because on AWS
 * Artillery itself uses names of AWS.
 */
export const pinHostsSource = `function pinHosts(addresses, looksOthersUp) {
  const dns = require('node:dns');
  const lookUp = dns.lookup;
  dns.lookup = (host, options, done) => {
    const found = addresses[host.toLowerCase()] || [];
    const callback = typeof options === 'function' ? options : done;
    if (host === 'localhost' || (found.length === 0 && looksOthersUp)) return lookUp(host, options, done);
    if (found.length === 0)
      return process.nextTick(callback, Object.assign(new Error('not admitted: ' + host), { code: 'ENOTFOUND' }));
    const all = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (typeof options === 'object' && options && options.all) return process.nextTick(callback, null, all);
    process.nextTick(callback, null, all[0].address, all[0].family);
  };
}
`;
