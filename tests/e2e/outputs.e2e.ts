import { expect, launch, test } from '../support/app';
import { startOtlpReceiver } from '../support/otlpReceiver';
import { PrometheusMetrics } from '../support/prometheusMetrics';
import { brief, long } from '../support/scenarios';
import { startServer } from '../support/testServer';

test.use({ hasScenarios: true });

test('a run of the window sends its metrics and trace contexts where the settings say, and its traces are opened', async ({
  appWindow,
}) => {
  const { app, page } = appWindow;
  const receiver = await startOtlpReceiver();
  const contexts: (string | undefined)[] = [];
  const target = await startServer(({ headers: { traceparent } }, response) => {
    contexts.push(typeof traceparent === 'string' ? traceparent : undefined);
    response.end('ok');
  });
  try {
    await app.evaluate(({ app: electronApp, shell }) => {
      const opened: string[] = [];
      Object.assign(electronApp, { opened });
      Object.assign(shell, {
        openExternal: async (url: string) => {
          opened.push(url);
        },
      });
    });
    await appWindow.show('Settings');
    const form = page.getByRole('form', { name: 'Outputs' });
    await form.getByLabel('OpenTelemetry receiver').fill('127.0.0.1');
    await expect(form).toContainText('It must be an http(s) URL.');
    await expect(form.getByRole('button', { name: 'Set outputs' })).toBeDisabled();
    await form.getByLabel('OpenTelemetry receiver').fill(receiver.url);
    await form.getByLabel('Send a trace context').check();
    await form.getByLabel('URL of a trace').fill('http://127.0.0.1:16686/trace/{traceId}');
    await form.getByRole('button', { name: 'Set outputs' }).click();
    await expect(page.getByText('The outputs apply from the next run on.')).toBeVisible();

    await appWindow.show('Run');
    await appWindow.chooseScenario(brief, 'url');
    await page.getByRole('textbox', { name: 'URL' }).fill(target.url);
    await appWindow.runScenario(brief);
    await expect(appWindow.verdict).toBeVisible();
    expect(contexts.length).toBeGreaterThan(0);
    expect(contexts.every((context) => /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(context ?? ''))).toBe(true);
    const sent = () =>
      receiver.deliveries
        .at(-1)
        ?.metrics.find(({ name }) => name === 'proofload.run_verdict')
        ?.gauge?.dataPoints.map(({ asDouble }) => asDouble);
    await expect.poll(sent).toEqual([1]);

    const trace = page.getByRole('table', { name: 'Slowest requests' }).getByTitle('Open this trace').first();
    const id = await trace.textContent();
    await trace.click();
    const opened = () =>
      app.evaluate(({ app: electronApp }) =>
        'opened' in electronApp && Array.isArray(electronApp.opened) ? electronApp.opened.map(String) : [],
      );
    await expect.poll(opened).toEqual([`http://127.0.0.1:16686/trace/${id}`]);
    expect(contexts.some((context) => context?.includes(id ?? '-'))).toBe(true);
  } finally {
    await receiver.close();
    await target.close();
  }
});

test('the endpoint for Prometheus is remembered, and has the metrics of a run while it goes on', async ({
  appWindow,
  dataFolder,
}) => {
  await appWindow.show('Settings');
  const form = appWindow.page.getByRole('form', { name: 'Outputs' });
  await form.getByLabel('Port of the Prometheus endpoint').fill('0');
  await form.getByRole('button', { name: 'Set outputs' }).click();
  await expect(appWindow.page.getByText('The outputs apply')).toBeVisible();
  await appWindow.app.close();

  const again = await launch(dataFolder);
  try {
    await again.show('Settings');
    await expect(again.page.getByLabel('Port of the Prometheus endpoint')).toHaveValue('0');
    await again.show('Run');
    await again.chooseScenario(long, 'memory');
    await again.runScenario(long);
    const place = again.page.getByText(/metrics for Prometheus are at http/);
    await expect(place).toBeAttached();
    const [url = ''] = /http:\S+\/metrics/.exec((await place.textContent()) ?? '') ?? [];
    const requests = async () =>
      new PrometheusMetrics(await (await fetch(url)).text()).sum('proofload_http_reqs_total');
    await expect.poll(requests).toBeGreaterThan(0);
    await again.stop();
    await expect(again.verdict).toBeVisible();
    const verdicts = async () =>
      new PrometheusMetrics(await (await fetch(url)).text()).labels('proofload_run_verdict').length;
    await expect.poll(verdicts).toBe(1);
  } finally {
    await again.app.close();
  }
});
