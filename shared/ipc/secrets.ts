import { z } from 'zod';
import { secretName } from '../secrets/reference';

export const secretNameSchema = z
  .string()
  .max(100)
  .regex(secretName, 'must have letters, digits and _, and no digit at its beginning');

/** What a secret may be: it must fit into a header. */
export const secretValueSchema = z
  .string()
  .min(1)
  .max(100_000)
  .regex(/^[^\r\n\0]*$/, 'must be one line');

/** A secret as a window knows it: never its value. */
export interface SecretState {
  name: string;
  /** Where its value is from; `unreadable` where the key that encrypted it is gone, and it must be given again. */
  from: 'environment' | 'kept' | 'session' | 'unreadable';
}

/** The secrets that scenarios can refer to. */
export interface SecretsState {
  secrets: readonly SecretState[];
  /** Whether the system has a key to encrypt them with; otherwise they last until the app ends. */
  isEncrypted: boolean;
}
