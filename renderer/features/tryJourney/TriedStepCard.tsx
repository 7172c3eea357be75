import { statusOfOk, statusText } from '../../../shared/report/status';
import { describeResponse, describeTiming } from '../../../shared/scenario/describeTried';
import type { TriedStep } from '../../../shared/scenario/triedJourney';
import { Card } from '../../ui/Card';
import { ReportBlock, StatusMark } from '../../ui/ReportBlocks';
import { Tabs } from '../../ui/Tabs';
import { type AnswerActions, AnswerButtons } from './AnswerButtons';
import { BodyView } from './BodyView';
import { HeadersView } from './HeadersView';
import styles from './tryJourney.module.css';

interface TriedStepCardProps {
  number: number;
  tried: TriedStep;
  /** Undefined when the draft no longer has the step. */
  actions: AnswerActions | undefined;
}

function outcome(label: string, value: string, ok: boolean) {
  const status = statusOfOk(ok);
  return { label, value, status, statusText: statusText(status) };
}

/** The checks and extractions of a step, each with its actual value. */
function Outcomes({ checks, extracted }: Pick<TriedStep, 'checks' | 'extracted'>) {
  const outcomes = [
    ...checks.map(({ name, ok, actual }) => outcome(name, ok ? `(${actual})` : `but ${actual}`, ok)),
    ...extracted.map(({ variable, value }) =>
      outcome(variable, value === null ? 'is not in the response' : `= ${value.slice(0, 200)}`, value !== null),
    ),
  ];
  return outcomes.length === 0 ? null : (
    <ReportBlock block={{ kind: 'outcomes', columns: ['Check', 'Actual', 'Status'], outcomes }} />
  );
}

/** The result of a step: what was sent and received, how long it took, and what was checked and extracted. */
export function TriedStepCard({ number, tried, actions }: TriedStepCardProps) {
  const { step, request, response, timing, failure, checks, extracted } = tried;
  const status = statusOfOk(failure === null);
  const tabs = [
    {
      key: 'response',
      title: 'Response',
      isDisabled: response === null,
      content: response && <BodyView label={`Body of ${step}`} body={response.body} actions={actions} />,
    },
    {
      key: 'headers',
      title: 'Response headers',
      isDisabled: response === null,
      content: response && <HeadersView label={`Headers of ${step}`} headers={response.headers} actions={actions} />,
    },
    {
      key: 'request',
      title: 'Request',
      content: (
        <>
          <HeadersView label={`Sent headers of ${step}`} headers={request.headers} />
          <BodyView label={`Sent body of ${step}`} body={request.body} />
        </>
      ),
    },
  ];
  return (
    <Card
      title={`${number}. ${step}`}
      titleLevel={3}
      tone={status}
      actions={<StatusMark status={status} statusText={statusText(status)} />}
    >
      <div className={styles.step}>
        <p className={styles.request}>
          <code>
            {request.method} {request.url}
          </code>
        </p>
        <p className={styles.line}>
          <span>
            {describeResponse(tried)}, {describeTiming(timing)}
          </span>
          {response && <AnswerButtons part={{ kind: 'status', value: response.status }} actions={actions} />}
        </p>
        <Outcomes checks={checks} extracted={extracted} />
        <Tabs label={`What ${step} sent and received`} tabs={tabs} />
      </div>
    </Card>
  );
}
