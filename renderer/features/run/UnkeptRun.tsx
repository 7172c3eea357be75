import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { AlertNote } from '../../ui/ErrorNote';

/** Lets the user save a run as a file when the history could not save it. The log of the run has the reason. */
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
