import type { TextName } from '../../api/notices.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { TextField } from '../../components/field.js'

type Draft = TextName & { title: string; text: string }

/** The text of a version in one language. It is published as it stands here, and names no person. */
export function DraftForm({ draft, notice }: { draft: (text: Draft) => Promise<unknown>; notice?: string }) {
  const act = (form: FormData) =>
    draft({
      notice: notice ?? textOf(form, 'notice'),
      version: textOf(form, 'version'),
      language: textOf(form, 'language'),
      title: textOf(form, 'title'),
      // Forms may send line ends of their own.
      text: `${textOf(form, 'text').replaceAll('\r\n', '\n')}\n`,
    })
  return (
    <ActionForm submit="Draft it" act={act} primary>
      {notice === undefined && <TextField label="Notice" name="notice" hint="Its id, such as twin-research" required />}
      <TextField label="Version" name="version" hint="Such as 2.1" required />
      <TextField label="Language" name="language" hint="Such as en, de-CH" required />
      <TextField label="Title" name="title" required wide />
      <TextField label="Text" name="text" rows={16} hint="Plain text, in paragraphs. It is made public." required />
    </ActionForm>
  )
}
