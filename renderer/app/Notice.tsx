import { useNoticeStore } from '../store/noticeStore';
import { ErrorNote } from '../ui/ErrorNote';

/** One line at the top, until it is dismissed. */
export function Notice() {
  const { message, error, dismiss } = useNoticeStore();
  if (!message && !error) return null;
  return (
    <div className="notice">
      {error ? <ErrorNote error={error} /> : <p role="status">{message}</p>}
      <button type="button" className="link" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}
