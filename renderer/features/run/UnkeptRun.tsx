import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';

/** The way to keep a run that the history could not take. The log of the run says why it could not. */
export function UnkeptRun() {
  const { say, fail } = useNoticeStore();
  const save = (): Promise<void> =>
    settle(
      api.saveUnkept(undefined),
      (file) => {
        if (file !== null) say(`Saved as ${file}. Import it when the history can be written again.`);
      },
      fail,
    );
  return (
    <div className="error-note" role="alert">
      <strong>The history could not keep this run.</strong>
      <span>It is lost when the next one begins or Proofload is closed.</span>
      <button type="button" className="button" onClick={() => void save()}>
        Save it as a file …
      </button>
    </div>
  );
}
