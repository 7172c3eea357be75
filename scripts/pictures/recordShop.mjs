/** What a browser would have recorded of a visit to the shop: a HAR document (HAR 1.2) of real exchanges. */
export async function recordShop(url) {
  const entries = [];
  const cookies = new Map();
  const startedMs = Date.now();
  let atMs = 0;
  const send = async (method, path, { headers = {}, body, pauseMs = 1_500 } = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { ...headers, ...(cookie === '' ? {} : { Cookie: cookie }) };
    const began = performance.now();
    const response = await fetch(new URL(path, url), { method, headers: sent, body, redirect: 'manual' });
    const text = await response.text();
    const time = performance.now() - began;
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const pairs = (list) => [...list].map(([name, value]) => ({ name, value }));
    const type = sent['Content-Type'];
    entries.push({
      startedDateTime: new Date(startedMs + atMs).toISOString(),
      time,
      request: {
        method,
        url: new URL(path, url).href,
        headers: pairs(Object.entries(sent)),
        ...(body === undefined ? {} : { postData: { mimeType: type, text: body } }),
      },
      response: {
        status: response.status,
        headers: [
          ...pairs(response.headers).filter(({ name }) => name !== 'set-cookie'),
          ...response.headers.getSetCookie().map((value) => ({ name: 'Set-Cookie', value })),
        ],
        content: { mimeType: response.headers.get('content-type') ?? '', text },
      },
    });
    atMs += time + pauseMs;
    return text;
  };
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const csrf = /name="csrf" value="([^"]+)"/.exec(await send('GET', 'login'))?.[1];
  await send('POST', 'login', { headers: form, body: `user=ann&csrf=${csrf}`, pauseMs: 0 });
  await send('GET', 'products');
  await send('GET', 'products?page=2');
  const { access_token } = JSON.parse(await send('GET', 'token', { pauseMs: 100 }));
  await send('GET', 'account', { headers: { Authorization: `Bearer ${access_token}` } });
  return { log: { version: '1.2', creator: { name: 'Shop', version: '1' }, entries } };
}
