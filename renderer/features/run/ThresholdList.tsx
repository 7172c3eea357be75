import { doubtTexts, thresholdOutcome } from '../../../shared/report/sections/thresholds';
import { limitOf } from '../../../shared/report/wording/describeThreshold';
import type { RunDocument } from '../../../shared/run/document';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { BulletGraph } from '../../charts/bullet/BulletGraph';
import { bulletScale } from '../../charts/bullet/bulletScale';
import { Button } from '../../ui/Button';
import { Popover } from '../../ui/Popover';
import { StatusMark } from '../../ui/ReportBlocks';
import styles from './ThresholdList.module.css';

/** More doubts than these are left to the section on trust. */
const mostDoubts = 3;

/** What could have moved the value: each opens its evidence. */
function Doubts({ threshold, document }: { threshold: ThresholdResult; document: RunDocument }) {
  const doubts = doubtTexts(threshold, document).slice(0, mostDoubts);
  return (
    <span className={styles.doubts}>
      {doubts.map(({ check, isDecisive, effectText, evidence }) => (
        <Popover
          key={check}
          title={`${check} ${effectText}`}
          trigger={
            <Button size="small">
              <code className={isDecisive ? styles.decisive : styles.harmless}>{check}</code>
            </Button>
          }
        >
          {evidence.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Popover>
      ))}
    </span>
  );
}

/** What the verdict is made of: each threshold with its value against its limit, how sure that is, and what leaves it open. */
export function ThresholdList({ document }: { document: RunDocument }) {
  const { thresholds } = document;
  if (thresholds.length === 0) return null;
  return (
    <ul className={styles.thresholds} aria-label="Thresholds">
      {thresholds.map((threshold) => {
        const { label, value, ...outcome } = thresholdOutcome(threshold, document);
        const scale = bulletScale(threshold, limitOf(threshold));
        return (
          <li key={label}>
            <StatusMark {...outcome} />
            <code className={styles.label}>{label}</code>
            <span className={styles.value}>{value}</span>
            <span className={styles.graph}>{scale && <BulletGraph scale={scale} status={outcome.status} />}</span>
            <Doubts threshold={threshold} document={document} />
          </li>
        );
      })}
    </ul>
  );
}
