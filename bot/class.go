package bot

import "time"

// Class is how urgent a message is. Lower ones go first.
type Class int

// The classes, most urgent first.
const (
	ClassCommand   Class = iota // the answer to something that somebody just did
	ClassAlert                  // a story that a chat asked to be alerted to
	ClassDigest                 // a digest at its time
	ClassBroadcast              // everything else that is pushed
	ClassEdit                   // a card that shows its story as it has become
	classes
)

// String is the class's name for logs.
func (c Class) String() string {
	return [...]string{"command", "alert", "digest", "broadcast", "edit"}[max(0, min(c, classes-1))]
}

// What keeps a class from starving.
const (
	patience    = 20 * time.Second // a message that waited so much longer than one a class above goes before it
	commandsRow = 9                // commands in a row, then one message of the others gets a turn
)
