import type { ReactNode } from 'react';
import type { ReportedError } from '../../shared/errors/errorDetails';
import { describeError } from '../../shared/errors/remedy';
import styles from './ErrorNote.module.css';

/** A problem, what it means, and what the user can do about it here. */
export function AlertNote({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles.errorNote} role="alert">
      <strong>{title}</strong>
      <span>{text}</span>
      {children}
    </div>
  );
}

/** An error and what to do about it in this window. */
export function ErrorNote({ error }: { error: Omit<ReportedError, 'code'> }) {
  const { message, remedy } = describeError('window', error);
  return <AlertNote title={message} text={remedy} />;
}
