import { ChoiceField, type FormContext, TextField } from '../scenarioDraft/fields';

const httpVersions = [
  ['1.1', 'HTTP/1.1'],
  ['2', 'HTTP/2 where the server offers it'],
  ['2-prior-knowledge', 'HTTP/2, without TLS as well'],
] as const;

/** How an external service is connected to: HTTP version and proxy. */
export function TransportFields(context: FormContext) {
  return (
    <>
      <ChoiceField {...context} path="httpVersion" label="HTTP version" choices={httpVersions} />
      <TextField {...context} path="proxy" label="HTTP proxy" placeholder="none; http://host:port" />
    </>
  );
}
