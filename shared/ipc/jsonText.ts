/**
 * A value as JSON. Large values pass through the main process as text without any work. As objects they would be copied
 * twice on their way to the window, which would block the main process.
 */
export interface JsonText<Value> {
  readonly json: string;
  /** Never set; it carries the type. */
  readonly of?: Value;
}

/** Parses a text of the main process. The process that wrote it has validated the content. */
export function parseJsonText<Value>({ json }: JsonText<Value>): Value {
  return JSON.parse(json);
}
