import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';

/** The way to keep a run that the history could not take. The log of the run says why it could not. */
export function UnkeptRun() {
  const { say, fail } = useNoticeStore();
  const save = (): Promise<void> =>
    settle(
      api.saveUnkept(undefined),
      (file) => {
        if (file !== null) say(`Saved as ${file}. Import it once the history is writable again.`);
      },
      fail,
    );
  return (
    <div className="error-note" role="alert">
      <strong>This run could not be saved to the history.</strong>
      <span>It is lost when the next run starts or Proofload closes.</span>
      <button type="button" className="button" onClick={() => void save()}>
        Save as a file …
      </button>
    </div>
  );
}
