/* A citation in the editor: a token that is inserted, edited, copied and removed as a whole. */
(() => {
  const { React, ReactDOM, DraftJS, draftail, citing } = window;
  const { EditorState, Modifier, SelectionState } = DraftJS;
  const element = React.createElement;
  const TYPE = 'CITATION';
  const changed = 'citing:references-changed';

  /** Give the range of an entity, wherever in the text it stands; null where it is gone. */
  function rangeOf(content, entityKey) {
    let range = null;
    content.getBlockMap().forEach((block) => {
      block.findEntityRanges(
        (character) => character.getEntity() === entityKey,
        (start, end) => {
          range = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
        },
      );
    });
    return range;
  }

  /** Give the place for a new citation: after what is selected, and never inside another token. */
  function placeFor(content, selection) {
    const block = content.getBlockForKey(selection.getEndKey());
    let offset = selection.getEndOffset();
    while (offset > 0 && block.getEntityAt(offset) && block.getEntityAt(offset) === block.getEntityAt(offset - 1)) {
      offset += 1;
    }
    return SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: offset, focusOffset: offset });
  }

  /** Give the editor's next state with a citation put in place of a range. */
  function put(editorState, range, { items, text }) {
    let content = editorState.getCurrentContent();
    let target = range;
    const before = content.getBlockForKey(range.getStartKey()).getText().slice(0, range.getStartOffset());
    if (range.isCollapsed() && /[^\s([{“‘—–/]$/.test(before)) {
      content = Modifier.insertText(content, range, ' ');
      target = content.getSelectionAfter();
    }
    content = content.createEntity(TYPE, 'IMMUTABLE', { items });
    content = Modifier.replaceText(content, target, text, null, content.getLastCreatedEntityKey());
    return EditorState.push(editorState, content, 'insert-characters');
  }

  class CitationSource extends draftail.ModalWorkflowSource {
    /** The token that is edited, or null: the caret may as well stand in a link. */
    edited() {
      const { entity } = this.props;
      return entity && entity.getType() === TYPE ? entity : null;
    }

    getChooserConfig() {
      const entity = this.edited();
      const stored = entity ? entity.getData().items : null;
      return {
        url: this.props.entityType.chooserUrls.dialog,
        urlParams: {},
        onload: { citation: (modal, answer) => citing.openDialog(modal, { stored, most: answer.most }) },
        responses: { chosen: this.onChosen, removed: () => this.onRemoved() },
      };
    }

    onChosen(citation) {
      const { editorState, entityKey } = this.props;
      const content = editorState.getCurrentContent();
      const range = this.edited() && rangeOf(content, entityKey);
      this.finish(put(editorState, range || placeFor(content, editorState.getSelection()), citation));
    }

    onRemoved() {
      this.finish(withoutToken(this.props.editorState, this.props.entityKey));
    }

    /** Closed without a citation, the dialog gives the keyboard back to the text, where it was. */
    onClose(event) {
      const { editorState } = this.props;
      event.preventDefault();
      this.props.onComplete(EditorState.forceSelection(editorState, editorState.getSelection()));
    }

    finish(editorState) {
      this.workflow.close();
      this.props.onComplete(editorState);
    }
  }

  function withoutToken(editorState, entityKey) {
    const content = editorState.getCurrentContent();
    const range = rangeOf(content, entityKey);
    return range ? EditorState.push(editorState, Modifier.removeRange(content, range, 'backward'), 'remove-range') : editorState;
  }

  /** Shows the words as they were inserted, and under them, when pressed, the works with what became of them. */
  class CitationToken extends React.Component {
    constructor(props) {
      super(props);
      this.state = { described: null, failed: false, open: null };
      this.trigger = React.createRef();
      this.toggle = this.toggle.bind(this);
      this.close = this.close.bind(this);
      this.ask = this.ask.bind(this);
    }

    componentDidMount() {
      this.mounted = true;
      this.ask();
      document.addEventListener(changed, this.ask);
    }

    componentDidUpdate(previous) {
      if (previous.entityKey !== this.props.entityKey) this.ask();
    }

    componentWillUnmount() {
      this.mounted = false;
      document.removeEventListener(changed, this.ask);
      document.removeEventListener('mousedown', this.close);
      document.removeEventListener('keydown', this.close);
    }

    ask() {
      const { contentState, entityKey } = this.props;
      const { items } = contentState.getEntity(entityKey).getData();
      citing
        .describe(items)
        .then((described) => this.mounted && this.setState({ described, failed: false }))
        .catch(() => this.mounted && this.setState({ failed: true }));
    }

    toggle() {
      if (this.state.open) {
        this.setState({ open: null });
        return;
      }
      const token = this.trigger.current;
      const container = token.closest('[data-draftail-editor-wrapper]');
      const frame = container.getBoundingClientRect();
      const box = token.getBoundingClientRect();
      this.setState({ open: { container, top: box.bottom - frame.top + 6, left: Math.max(0, box.left - frame.left) } });
      document.addEventListener('mousedown', this.close);
      document.addEventListener('keydown', this.close);
    }

    close(event) {
      if (event.type === 'mousedown' && event.target.closest('.citing-token, .citing-card')) return;
      document.removeEventListener('mousedown', this.close);
      document.removeEventListener('keydown', this.close);
      if (this.mounted) this.setState({ open: null });
    }

    act(event, what) {
      event.preventDefault();
      event.stopPropagation();
      this.setState({ open: null });
      what(this.props.entityKey);
    }

    remove(entityKey) {
      const { getEditorState, setEditorState, onRemove } = this.props;
      if (getEditorState && setEditorState) setEditorState(withoutToken(getEditorState(), entityKey));
      else onRemove(entityKey);
    }

    render() {
      const { described, open } = this.state;
      const works = described ? described.works : [];
      const states = works.flatMap((work) => work.states);
      const worst = ['deleted', 'retracted', 'draft', 'corrected'].map((name) => states.find((state) => state.name === name)).find(Boolean);
      const hint = works.map((work) => [work.title, ...work.states.map((state) => state.advice)].join('. ')).join('\n');
      return element(
        'span',
        {
          ref: this.trigger,
          className: `citing-token${worst ? ` citing-token--${worst.name}` : ''}`,
          'data-state': worst ? worst.label : undefined,
          title: hint || undefined,
          role: 'button',
          'data-draftail-trigger': true,
          onMouseUp: this.toggle,
        },
        this.props.children,
        open && ReactDOM.createPortal(this.card(works, open), open.container),
      );
    }

    card(works, { top, left }) {
      const { words } = citing.config();
      return element(
        'div',
        { className: 'citing-card', style: { top, left }, contentEditable: false, onMouseUp: (event) => event.stopPropagation() },
        this.state.failed && element('p', null, words.unknown),
        element(
          'ul',
          null,
          works.map((work) =>
            element(
              'li',
              { key: work.id },
              work.edit_url
                ? element('a', { href: work.edit_url, target: '_blank', rel: 'noreferrer' }, work.title)
                : work.title,
              work.states.map((state) =>
                element('p', { key: state.name, className: `citing-card__state citing-card__state--${state.name}` }, state.advice),
              ),
            ),
          ),
        ),
        element('button', { type: 'button', className: 'button button-small', onClick: (event) => this.act(event, this.props.onEdit) }, words.edit),
        element(
          'button',
          { type: 'button', className: 'button button-small button-secondary no', onClick: (event) => this.act(event, (key) => this.remove(key)) },
          words.remove,
        ),
      );
    }
  }

  draftail.registerPlugin({ type: TYPE, source: CitationSource, decorator: CitationToken }, 'entityTypes');
})();
