import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('a request of PowerShell', () => {
  it('has what its variables were set to, as Postman writes it', () => {
    const { requests, notes } =
      requestsOf(`$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"
$headers.Add("Content-Type", "application/json")
$headers.Add("X-A", "b, c")

$body = @"
{
  \`"a\`": "it's \`$5",
  \`"b\`": "$([char]233)"
}
"@

$response = Invoke-RestMethod 'http://x/orders' -Method 'POST' -Headers $headers -Body $body
$response | ConvertTo-Json`);
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'http://x/orders',
        headers: { ...json, 'X-A': 'b, c' },
        body: '{\n  "a": "it\'s $5",\n  "b": "é"\n}',
      },
    ]);
    expect(notes).toEqual([]);
  });

  it.each([
    ['-Body @\'\n{"a": "$b`n"}\n\'@', '{"a": "$b`n"}'],
    ['-Body @{ user = "ann lee"; age = 3 }', 'user=ann+lee&age=3'],
    [
      '-Body (@{ a = 1; ok = $true; b = @{ c = "d" }; l = @(1, "2") } | ConvertTo-Json)',
      '{"a":1,"ok":true,"b":{"c":"d"},"l":[1,"2"]}',
    ],
  ])('has a body of its own: %s', (body, expected) => {
    expect(requestsOf(`Invoke-RestMethod -Uri http://x/a -Method Post ${body}`).requests).toEqual([
      { method: 'POST', url: 'http://x/a', headers: form, body: expected },
    ]);
  });

  it('makes JSON of a variable, and takes its parameters from a table', () => {
    const { requests } = requestsOf(`$data = @{
  id = 7
  name = "ann"
} | ConvertTo-Json -Depth 3
$common = @{ Uri = "http://x/a"; Headers = @{ "X-A" = "1" }; ContentType = "application/json" }
Invoke-RestMethod @common -Method Put -Body $data
Invoke-RestMethod -Uri http://x/b -Method Get -Body @{ q = "a b" }`);
    expect(requests).toEqual([
      { method: 'PUT', url: 'http://x/a', headers: { 'X-A': '1', ...json }, body: '{"id":7,"name":"ann"}' },
      { method: 'GET', url: 'http://x/b?q=a+b' },
    ]);
  });

  it('says what only PowerShell knows', () => {
    const { requests, notes } = requestsOf(
      'Invoke-RestMethod -Uri http://x/a -Method Post -Headers $h -Body (@{ at = Get-Date } | ConvertTo-Json)',
    );
    expect(requests).toEqual([{ method: 'POST', url: 'http://x/a' }]);
    expect(notes).toEqual([
      'A body that PowerShell makes was left out: write it into the request.',
      '$h stood for what the shell would fill in: write a value or a secret there.',
    ]);
  });
});
