import GitFormats

/// Words that every code base has, in the singular: by themselves they name nothing that a bet could be known by.
enum CommonWords {
  private static let text = """
    abort about above absolute abstract access account across act action activate active activity actor
    actual adapter add added additional address adjust admin after agent aggregate alert alias align all
    alloc allocate allow allowed already also alt alternate always analysis and angle animate animation
    annotation anonymous another answer any api app append application apply arch archive area arg argument
    around array arrow ascii ask aspect assert asset assign assigned assignment assist associate association
    async at atom attach attempt attr attribute auth authenticate authentication author authorization
    authorize auto automatic available average avoid await aware away axis back backend background backup
    backward band bar base baseline basic basis batch be before begin behavior behaviour below benchmark
    best beta better between big bin binary bind binding bit black blank blob block blue board body bold
    book bool boolean boot border both bottom bound boundary box branch brand breadcrumb break bridge
    broadcast browser buffer build builder built bulk bundle business button buy by byte cache cached calc
    calculate calendar call callback called caller can cancel cancelled candidate capability capacity
    capture case cast catalog catch category cell cent center central centre certificate chain change
    changed channel char character chart check checkbox checked checker checksum child children choice
    choose chunk circle class classic clean cleanup clear click client clip clipboard clone close closed
    closure code collapse collect collection collector color colour column combine combined command comment
    commit common compact company comparator compare comparison compatible compile compiler complete
    completed completion component compose composer composite compress compression compute computed concat
    concrete concurrent condition conf config configuration configure confirm confirmation conflict connect
    connected connection connector console const constant constraint construct constructor consume consumer
    contact contain contained container content context continue control controller convert converter cookie
    coordinate coordinator copy copyright core corner correct cost could count counter country cover
    coverage crash create created creation creator credential criteria critical cross current cursor curve
    custom customer cut cycle daily damage dark data database dataset date datetime day db deactivate dead
    deadline debounce debug decimal declaration declare decode decoder decorator decrease decrypt deep
    default defer define defined definition degree delay delegate delete deleted deletion delimiter deliver
    delivery delta demo deny department dependency deploy depth derive derived descending description
    descriptor design desktop dest destination destroy detach detail detect detector dev developer
    development device dialog dictionary did diff difference digit dimension dir direct direction directive
    directory dirty disable disabled discard disconnect discover dismiss dispatch dispatcher display dispose
    distance distinct distribution div divide divider do doc document documentation domain done double down
    download draft drag draw driver drop dropdown dry dummy dump duplicate duration dynamic each early easy
    echo edge edit editor effect effective either element else email emit emitter empty enable enabled
    encode encoded encoder encoding encrypt encryption end ended endpoint engine enough ensure enter entity
    entry enum enumerate env environment equal equality error escaped estimate eval evaluate evaluation even
    event every exact example except exception exclude excluded exclusive exec execute execution executor
    exist existing exit expand expanded expect expected expiration expire expired explicit explorer export
    exporter expose expression extend extended extension extent extern external extra extract extractor
    facade face factor factory fail failed failure fallback false family fast fatal favicon feature fetch
    fetched fetcher field file filename fill filled filter filtered final find finder finish finished first
    fit fix fixed fixture flag flat flatten float floor flow flush fold folder follow font footer for force
    foreground foreign fork form format formatted formatter forward found foundation fraction frame
    framework free frequency friend from front frontend full function future gateway gather general generate
    generated generation generator generic geometry get getter git global good gradient grant granted graph
    graphic gray great green grid gross group grouped guard half handle handled handler hard has hash have
    head header headline heap height hello help helper here hidden hide hierarchy high hint history hit hold
    holder hook horizontal host hostname hourly hover how html http icon id ideal identifier identity idle
    if ignore ignored illegal image immediate immutable impl implement implementation implicit import
    importer improve in inactive include included increase increment indent index indexer indicator
    individual info inherit init initial initialize initialized initializer inject inline inner input insert
    inside inspect inspector install installation instance instant instruction int integer integration
    interaction interactive interface internal interrupt interval into invalid invalidate io is issue item
    iterate iteration iterator job join joined json jump just keep kernel key keyboard keyword kill kind
    know known label lambda landing language large last late latency later latest launch layer layout lazy
    lead leaf least left legacy legend length less letter level library life lifecycle lifetime light like
    likely limit limited line linear link linked list listen listener listing literal little live load
    loaded loader loading local locale location lock locked log logged logger logging logic login logo
    logout long look lookup loop loose lost low lower machine macro mail main maintain maintenance major
    make maker manage managed management manager manifest manual many map mapper mapping margin mark marked
    marker master match matched matcher matching material math matrix max maximum may mean measure
    measurement media medium memory menu merge merged message meta metadata method metric microservice
    middle middleware might migrate min minimal minimum minor minus minute misc missing mix mobile modal
    mode model modern modified modifier modify module moment monitor month monthly more most mount mouse
    move moved movement multi multiple multiply must mutable mutate mutation mutex my name named namespace
    native natural navbar navigate navigation near need needed negative nested net network never new next
    nice nil no node noise none normal normalize normalized not notation note nothing notice notifier notify
    now null number numeric object observable observe observer obtain occur of off offer offline offset
    often ok old on once one ongoing online only opacity open opened operand operation operator optimize
    option optional or orange order ordered ordering orientation origin original other otherwise out outcome
    outer outline output outside over overall overflow override owned pack package packet padding page
    paginate pagination paginator paid paint pair paper paragraph parallel param parameter parent parse
    parsed parser part partial particular partition pass passed password past paste path pattern pause
    paused pay payload pending people per percent percentage perform performance period permanent permit
    persist persistence persistent person personal phase physical picker picture piece pin ping pipe
    pipeline pixel place placeholder plain platform play please plus point pointer polling pool pop popover
    popular popup port position positive possible posted predicate preference prefix prepare prepared preset
    press pressed prev prevent preview previous primary primitive principal print printer prior priority
    private probe procedure process processed processing processor produce producer product production
    program progress projection prop proper property protect protected protocol provide provided provider
    provision public publication publish published publisher pull pure purge purpose push put quality
    quantity query question queue quick quiet quit radius raise random range rank rate ratio raw reach react
    read reading ready real really reason rebuild receive received receiver recent record recorder recording
    recover rectangle recursive red redirect redo reduce reducer ref refer reference refresh region
    registered registry regular reject rejected relate related relation relationship relative release reload
    remaining remote remove removed rename render renderer rendering renew repair repeat repeated replace
    replacement repo reporter repository represent representation request requested require required
    requirement reset resize resolve resolved resolver resource respond response responsible responsive rest
    restart restore restrict restricted restriction result resume retain retrieve return returned reverse
    rich right roll room root rotate round route router routing row rule run runner running runtime safe
    same sample sanitize save saved scale scan scheduled schema scheme scope score screen script scroll
    second secondary secret section secure security see seed segment select selected selection selector self
    send sender sense sent sentence separate separator sequence serial serialize serializer series serve
    server service session set setter setting settle setup several shadow shape share shared shell shield
    shift ship short shortcut should show shown shutdown sibling side sidebar sign signal signed signin
    signup silent similar simple simplify since single site size skeleton skip slash slice slide slider slot
    slow slug small smart smooth snackbar socket soft software sold solid solution solve some soon sort
    sorted sorting sound source space spacing span spec special specific specification spinner split square
    stable stack stage staging stale standard star start started starter state statement static station
    statistic stats status stay step stop stopped storage store stored story strategy stream street strength
    strict strike string strip stroke strong struct structure style sub submission submit submitted
    subscribe subscriber subset substring subtitle subtotal subtract success successful such suffix suggest
    suggestion suite sum summary super support supported suspend swap switch symbol synchronize syntax
    system tab table take taken target task teardown technical temp template temporary term terminal
    terminate test text than that the then there thing think this thread threshold through throw tile time
    timeout timer timestamp tiny tip title to today together toggle token tomorrow tool toolbar tooltip top
    topic total touch trace track tracker tracking trailing train transaction transfer transform transformer
    transition translate transparent transport traverse tree trigger trim true truncate trust try tuple turn
    type typed unavailable under unexpected unicode unify union unique unit universal unknown unless unlock
    unread unsafe unset unsigned until unused up update updated updater upload uploaded upper url usage use
    used useful user username using usual util utility valid validate validated validation validator value
    variable variant variation various vary verb verbose verification verified verify version vertical very
    via view viewer viewport virtual visibility visible visual void wait waiting walk walker want warn
    warning was watch watcher way weak web website week weekly weight welcome what when where whether which
    while white who whole why wide widget width will win window wire with within without word work worker
    world would wrap wrapped wrapper write writer written wrong year yellow yes yesterday yield you your
    zero zone zoom
    """

  private static let words = Set(
    text.utf8.split { $0 == .space || $0 == .lineFeed }.map { Array($0)[...] })

  private static let endings: [(ending: [UInt8], instead: [UInt8])] = [
    ("ies", "y"), ("es", ""), ("s", ""),
  ].map { (Array($0.utf8), Array($1.utf8)) }

  /// The word in lower case. Its plural is as common.
  static func contain(_ word: ArraySlice<UInt8>) -> Bool {
    words.contains(word)
      || endings.contains { ending, instead in
        word.count > ending.count && word.suffix(ending.count).elementsEqual(ending)
          && words.contains(word.dropLast(ending.count) + instead)
      }
  }
}
