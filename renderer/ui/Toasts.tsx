import { Toast } from '@base-ui/react/toast';
import { Button } from './Button';
import { CloseIcon } from './icons';
import styles from './Toasts.module.css';

const manager = Toast.createToastManager();
/**
 * How long a message without a required action is shown, in ms. With the pointer or the focus on it, it stays longer.
 */
const shownMs = 10_000;

/** Reports a completed action. A lasting message stays until it is dismissed. */
export function showToast(message: string, isLasting = false): void {
  manager.add({ title: message, timeout: isLasting ? 0 : shownMs });
}

/** Reports an error and its remedy. It stays until it is dismissed. */
export function showErrorToast(message: string, remedy: string): void {
  manager.add({ title: message, description: remedy, type: 'error', timeout: 0 });
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-tone={toast.type ?? 'plain'}>
      <div className={styles.text} role={toast.type === 'error' ? 'alert' : undefined}>
        <Toast.Title className={styles.title} />
        {toast.description !== undefined && <Toast.Description />}
      </div>
      <Toast.Close render={<Button variant="ghost" size="small" icon={CloseIcon} aria-label="Dismiss" />} />
    </Toast.Root>
  ));
}

/** The list of messages, newest first. Key F6 moves the focus there. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
