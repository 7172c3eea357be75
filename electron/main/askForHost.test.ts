import { beforeEach, expect, it, vi } from 'vitest';
import { askForHost } from './askForHost';

const asked = vi.hoisted(() => [] as { message: string; detail: string; buttons: string[] }[]);
vi.mock('electron', () => ({
  BrowserWindow: { getFocusedWindow: () => null, getAllWindows: () => [] },
  dialog: {
    showMessageBox: async (options: (typeof asked)[number]) => {
      asked.push(options);
      return { response: 1 };
    },
  },
}));
beforeEach(() => void asked.splice(0));

it('asks with host, addresses, load and the names of the secrets that are sent there', async () => {
  const found = { host: 'api.test', addresses: ['192.0.2.1'], secrets: ['API_TOKEN', 'X'] };
  expect(await askForHost(found, 'Smoke loads it with 20 req/s\n for 10s')).toBe(true);
  expect(asked[0]).toMatchObject({
    message: 'api.test is not this machine',
    detail: expect.stringContaining(
      'It resolves to 192.0.2.1.\n\nSmoke loads it with 20 req/s  for 10s. It sends the secrets API_TOKEN and X. That can',
    ),
    buttons: ['Cancel', 'Load api.test'],
  });
});

it('says nothing of secrets where none are sent', async () => {
  await askForHost({ host: '192.0.2.1', addresses: ['192.0.2.1'], secrets: [] }, 'It is loaded');
  expect(asked[0]?.detail).toMatch(/^It is loaded\. That can bring/);
});
