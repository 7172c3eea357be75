import type { RefObject } from 'react';
import { doubtTexts, thresholdOutcome } from '../../../shared/report/sections/thresholds';
import { limitOf } from '../../../shared/report/wording/describeThreshold';
import type { RunDocument } from '../../../shared/run/document';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { BulletGraph } from '../../charts/bullet/BulletGraph';
import { bulletScale } from '../../charts/bullet/bulletScale';
import { Button } from '../../ui/Button';
import { Popover } from '../../ui/Popover';
import { StatusMark } from '../../ui/ReportBlocks';
import { findEvidence } from './findEvidence';
import styles from './ThresholdList.module.css';

/** The maximum number of doubts. The section on trust shows the rest. */
const mostDoubts = 3;

interface ThresholdListProps {
  document: RunDocument;
  /** The report that contains the section on trust. */
  report: RefObject<HTMLElement | null>;
}

/** The doubts about the value. Each opens its evidence. */
function Doubts({ threshold, document, report }: ThresholdListProps & { threshold: ThresholdResult }) {
  const checks = new Set<string>(document.trust.map(({ check }) => check));
  const doubts = doubtTexts(threshold, document).slice(0, mostDoubts);
  return (
    <span className={styles.doubts}>
      {doubts.map(({ check, name, isDecisive, effectText, evidence }) => (
        <Popover
          key={check}
          title={name}
          trigger={
            <Button size="small">
              <span className={isDecisive ? styles.decisive : styles.harmless}>{name}</span>
            </Button>
          }
          more={
            checks.has(check) ? { label: 'Show in Trust', find: () => findEvidence(report.current, name) } : undefined
          }
        >
          <p className={isDecisive ? styles.decisive : styles.harmless}>{effectText}</p>
          {evidence.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Popover>
      ))}
    </span>
  );
}

/**
 * The basis of the verdict: each threshold with its value against its limit, the certainty, and the doubts that leave
 * it undecided.
 */
export function ThresholdList({ document, report }: ThresholdListProps) {
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
            <Doubts threshold={threshold} document={document} report={report} />
          </li>
        );
      })}
    </ul>
  );
}
