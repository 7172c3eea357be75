import { Toast } from '@base-ui/react/toast';
import { Button } from './Button';
import { CloseIcon } from './icons';
import styles from './Toasts.module.css';

const manager = Toast.createToastManager();
/** So long a message stays that asks for nothing, in ms; one under the pointer or with the focus stays longer. */
const shownMs = 10_000;

/** Tells what has been done; a lasting message stays until it is dismissed. */
export function showToast(message: string, isLasting = false): void {
  manager.add({ title: message, timeout: isLasting ? 0 : shownMs });
}

/** Tells what went wrong and what to do about it; it stays until it is dismissed. */
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

/** Where messages appear, the newest first. Key F6 moves there. */
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
