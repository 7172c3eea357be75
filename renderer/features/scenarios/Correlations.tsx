import {
  type CorrelationProposal,
  type ProposalPlace,
  proposalState,
} from '../../../shared/scenario/importers/correlation/proposals';
import { formatNumber } from '../../../shared/units/format';
import { useScenarioStore } from '../../store/scenarioStore';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { CloseIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import type { FormContext } from '../scenarioDraft/fields';
import styles from './scenarios.module.css';

/** The maximum number of places that are named. The rest is a number. */
const shownUses = 3;

function Place({ step, place }: ProposalPlace) {
  return (
    <>
      {place} <span className={shared.quiet}>of {step}</span>
    </>
  );
}

function Row({ proposal, draft }: { proposal: CorrelationProposal; draft: FormContext['draft'] }) {
  const { variable, source, uses, extraction } = proposal;
  const state = proposalState(draft, proposal);
  const kept = extraction ? 'applied' : 'kept by virtual users';
  return (
    <tr>
      <th scope="row">
        <code>{variable}</code>
      </th>
      <td>
        <Place {...source} />
      </td>
      <td>
        {uses.slice(0, shownUses).map((use) => (
          <div key={`${use.step} ${use.place}`}>
            <Place {...use} />
          </div>
        ))}
        {uses.length > shownUses && <div className={shared.quiet}>and {uses.length - shownUses} more</div>}
      </td>
      <td>
        {state === 'open' ? (
          <Button
            size="small"
            aria-label={`Apply ${variable}`}
            onClick={() => useScenarioStore.getState().applyProposals([proposal])}
          >
            Apply
          </Button>
        ) : (
          <Badge tone={state === 'applied' ? 'passed' : 'stopped'}>{state === 'applied' ? kept : 'not found'}</Badge>
        )}
      </td>
    </tr>
  );
}

/** Values of responses that later requests of the recording send back, each with both places. */
export function Correlations({ draft }: Pick<FormContext, 'draft'>) {
  const proposals = useScenarioStore(({ shown, proposals }) => proposals[shown ?? '']);
  if (!proposals || proposals.length === 0) return null;
  const open = proposals.filter((proposal) => proposalState(draft, proposal) === 'open');
  const { applyProposals, dropProposals } = useScenarioStore.getState();
  return (
    <Card
      title="Correlations"
      actions={
        <span className={shared.toolbar}>
          {open.length > 1 && (
            <Button size="small" variant="primary" onClick={() => applyProposals(open)}>
              Apply all {formatNumber(open.length)}
            </Button>
          )}
          <Button
            variant="ghost"
            size="small"
            icon={CloseIcon}
            aria-label="Close the correlations"
            onClick={dropProposals}
          />
        </span>
      }
    >
      <p className={shared.quiet}>
        Values of recorded responses that later requests send back. Applied, a step extracts the value into a variable
        and later steps send that; otherwise they send what was recorded.
      </p>
      <table className={styles.correlations} aria-label="Correlations">
        <HeaderRow titles={['Variable', 'Extracted from', 'Sent in', 'State']} />
        <tbody>
          {proposals.map((proposal) => (
            <Row key={`${proposal.variable} ${proposal.source.place}`} proposal={proposal} draft={draft} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}
