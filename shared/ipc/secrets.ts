import { z } from 'zod';
import { secretName } from '../secrets/reference';

export const secretNameSchema = z
  .string()
  .max(100)
  .regex(secretName, 'must have letters, digits and _, and no digit at its beginning');

/** The value of a secret. It must fit into a header. */
export const secretValueSchema = z
  .string()
  .min(1)
  .max(100_000)
  .regex(/^[^\r\n\0]*$/, 'must be one line');

/** A secret as a window sees it, without its value. */
export interface SecretState {
  name: string;
  /** The source of its value. `unreadable` means that its encryption key is gone and the user must enter it again. */
  from: 'environment' | 'kept' | 'session' | 'unreadable';
}

/** The secrets that scenarios can refer to. */
export interface SecretsState {
  secrets: readonly SecretState[];
  /** Whether the system provides a key to encrypt them. Without one, they last until the app quits. */
  isEncrypted: boolean;
}
