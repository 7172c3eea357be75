import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { AlertNote } from '../../ui/ErrorNote';

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
    <AlertNote
      title="This run could not be saved to the history."
      text="It is lost when the next run starts or Proofload closes."
    >
      <Button onClick={() => void save()}>Save as a file …</Button>
    </AlertNote>
  );
}
