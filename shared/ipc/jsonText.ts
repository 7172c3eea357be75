/**
 * A value as JSON. What is large passes through the main process as text, which takes it no time; as a value it would be
 * copied twice on its way to the window, while the main process does nothing else.
 */
export interface JsonText<Value> {
  readonly json: string;
  /** Never set: carries the type. */
  readonly of?: Value;
}

/** The value of a text of ours: the process that has written it has parsed by schema what it was made of. */
export function parseJsonText<Value>({ json }: JsonText<Value>): Value {
  return JSON.parse(json);
}
