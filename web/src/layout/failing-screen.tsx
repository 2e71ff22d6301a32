import { Component, type ReactNode } from 'react'
import { asProblem, type ApiProblem } from '../api/problem.js'
import { Page } from '../components/page.js'
import { Problem } from '../components/problem.js'

interface Props {
  children: ReactNode
}

/** Keeps the failure of one screen from taking the whole console away, and says that it failed. */
export class FailingScreen extends Component<Props, { problem?: ApiProblem }> {
  override state: { problem?: ApiProblem } = {}

  static getDerivedStateFromError(error: unknown): { problem: ApiProblem } {
    return { problem: asProblem(error) }
  }

  override render(): ReactNode {
    const { problem } = this.state
    if (problem === undefined) return this.props.children
    return (
      <Page title="This page cannot be shown">
        <Problem problem={problem} retry={() => this.setState({ problem: undefined })} />
      </Page>
    )
  }
}
