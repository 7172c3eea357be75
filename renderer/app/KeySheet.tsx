import { useEffect, useRef } from 'react';
import { useScreenStore } from '../store/screenStore';
import { keys } from './useKeyboard';

export function KeySheet() {
  const shown = useScreenStore((state) => state.keysShown);
  const toggle = useScreenStore((state) => state.toggleKeys);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);

  return (
    <dialog ref={dialog} className="sheet" aria-label="Keys" onCancel={toggle}>
      <h2>Keys</h2>
      <dl>
        {keys.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button" onClick={toggle}>
        Close
      </button>
    </dialog>
  );
}
